import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A frozen instance cannot notice that its host died. This guard can: a small shell that reads which processes there are,
 * and kills those that are left when its input ends, however the host came to its end.
 */
export interface OrphanGuard {
  readonly watch: (processGroup: number) => void;
  readonly forget: (processGroup: number) => void;
  readonly close: () => void;
}

const script = `
trap '' INT TERM HUP
groups=
while read -r change group; do
  case $change in
    watch) groups="$groups $group" ;;
    forget)
      kept=
      for one in $groups; do [ "$one" = "$group" ] || kept="$kept $one"; done
      groups=$kept ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

/** The shell starts with the first process to watch. Windows has neither freezing nor this guard. */
export function orphanGuard(report: (problem: string) => void): OrphanGuard {
  let shell: ChildProcess | undefined;
  const tell = (change: 'watch' | 'forget', processGroup: number) => {
    if (process.platform === 'win32') return;
    shell ??= startShell(report);
    if (shell.stdin?.writable) shell.stdin.write(`${change} ${processGroup}\n`);
  };
  return {
    watch: (processGroup) => tell('watch', processGroup),
    forget: (processGroup) => tell('forget', processGroup),
    close: () => shell?.stdin?.end(),
  };
}

function startShell(report: (problem: string) => void): ChildProcess {
  // A group of its own, so that a Ctrl-C at the terminal does not end it before the host.
  const shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const lost = (error: Error) =>
    report(`frozen instances are not guarded if the host is killed: ${error.message}`);
  shell.on('error', lost);
  shell.stdin?.on('error', lost);
  shell.unref();
  if (shell.stdin !== null && 'unref' in shell.stdin) (shell.stdin as unknown as { unref(): void }).unref();
  return shell;
}
