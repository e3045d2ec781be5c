import type { SeenSnapshot } from './seen';

/** One reason why something received cannot be used as somebody wants to. */
export interface UseProblem {
  /** JSON pointer into the wish. */
  pointer: string;
  /** Stable. */
  code: string;
  message: string;
}

/** How something new shall be encrypted. */
export interface WantedEncryption {
  encrypted: boolean;
  /** null = the region's service key, where it is encrypted. */
  kmsKeyId: string | null;
}

export const DISK_CATEGORIES = [
  'cloud',
  'cloud_efficiency',
  'cloud_ssd',
  'cloud_essd',
  'cloud_auto',
  'cloud_essd_entry',
] as const;
export type DiskCategory = (typeof DISK_CATEGORIES)[number];

/** Share a snapshot: what disks may be made of something encrypted that was received. */
export const CATEGORIES_UNDER_A_CHANGED_KEY: readonly DiskCategory[] = [
  'cloud_essd',
  'cloud_auto',
  'cloud_essd_entry',
];

export function problem(pointer: string, code: string, message: string): UseProblem {
  return { pointer, code, message };
}

/** Whether a snapshot can be used as a received one at all. */
export function snapshotProblems(snapshotId: string, snapshot: SeenSnapshot | null): UseProblem[] {
  const at = '/snapshotId';
  if (snapshot === null) {
    return [
      problem(
        at,
        'not-visible',
        `The account sees no snapshot ${snapshotId} in this region. A received snapshot has another id than at its owner: take it from the list of what was received.`,
      ),
    ];
  }
  const problems: UseProblem[] = [];
  if (snapshot.source === null) {
    problems.push(
      problem(at, 'not-received', "The snapshot is the account's own, and nothing to do with sharing."),
    );
  }
  if (snapshot.category.toLowerCase() === 'archive') {
    problems.push(problem(at, 'archived', 'The snapshot is archived. Its owner has to restore it first.'));
  } else if (snapshot.status !== 'accomplished' || !snapshot.available) {
    problems.push(
      problem(at, 'not-ready', 'The snapshot is not complete. Try again once its status is accomplished.'),
    );
  }
  return problems;
}

/** ECS: a key can be named only for something that shall be encrypted. */
export function keyProblems({ encrypted, kmsKeyId }: WantedEncryption, prefix = ''): UseProblem[] {
  if (encrypted || kmsKeyId === null) return [];
  return [
    problem(`${prefix}/kmsKeyId`, 'key-without-encryption', 'A key is of use only with encrypted true.'),
  ];
}

/** What holds for a disk that is made of something encrypted of another account. */
export function changedKeyProblems(
  wish: WantedEncryption & { category: DiskCategory },
  origin: { noun: string; kmsKeyId: string },
  prefix = '',
): UseProblem[] {
  const problems: UseProblem[] = [];
  if (!CATEGORIES_UNDER_A_CHANGED_KEY.includes(wish.category)) {
    problems.push(
      problem(
        `${prefix}/category`,
        'category-not-for-encrypted',
        `The ${origin.noun} is encrypted: only disks of ${CATEGORIES_UNDER_A_CHANGED_KEY.join(', ')} can be made of it.`,
      ),
    );
  }
  if (!wish.encrypted) {
    problems.push(
      problem(
        `${prefix}/encrypted`,
        'key-must-change',
        `The ${origin.noun} is encrypted with its owner's key: say encrypted true, with a key of this account or without one for its service key.`,
      ),
    );
  } else if (wish.kmsKeyId !== null && wish.kmsKeyId === origin.kmsKeyId) {
    problems.push(
      problem(
        `${prefix}/kmsKeyId`,
        'key-must-change',
        "That is the owner's key. Name a key of this account, or none.",
      ),
    );
  }
  return problems;
}
