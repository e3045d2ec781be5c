/** One thing that is wrong in s.yaml, and where. */
export interface Mistake {
  /** e.g. `resources.share_api.props.timeout`, or `line 12, column 3` when the file is not YAML. */
  place: string;
  message: string;
}

/** s.yaml cannot be run as it stands; `mistakes` holds every reason, not only the first. */
export class ServerlessFileMistakes extends Error {
  readonly code = 'ServerlessFileMistakes';
  readonly mistakes: readonly Mistake[];

  constructor(file: string, mistakes: readonly Mistake[]) {
    const lines = mistakes.map((mistake) => `  ${mistake.place}: ${mistake.message}`);
    super(`${file} cannot be run as it stands:\n${lines.join('\n')}`);
    this.name = 'ServerlessFileMistakes';
    this.mistakes = mistakes;
  }
}
