/** An answer that is not a success, on both ends of a request. The message is meant to be read by clients. */
export class HttpError extends Error {
  readonly status: number;
  /** What went wrong, as a word that programs compare. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "HttpError";
    this.status = status;
    this.code = code;
  }
}
