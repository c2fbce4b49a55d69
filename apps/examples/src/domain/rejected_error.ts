/** A rule of the platform says no. The message is meant for the client and holds no personal data. */
export class RejectedError extends Error {
  /** The rule, as a word that programs compare. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "RejectedError";
    this.code = code;
  }
}
