/** Whose log is read. */
export interface LogSource {
  /** The build's or the launch's id. */
  ownerId: string;
  /** Where the log is written now: at another build's where this one waits for that one's end. */
  current(): Promise<{ subject: string; ended(): Promise<boolean> }>;
  /** Whether a log of this subject is another's, whose last line need not be this one's. */
  shares(subject: string): boolean;
  /** Whether nothing more will be written. */
  ended(): Promise<boolean>;
}
