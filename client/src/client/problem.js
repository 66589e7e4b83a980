/** The longest wait that a `Retry-After` is believed, in seconds. */
const LongestRetryAfter = 600;

/** A request that was refused (RFC 9457 problem details), or that got no answer (then `status` is 0). */
export class ProblemError extends Error {
  name = "ProblemError";

  /**
   * @param {number} status HTTP status, or 0
   * @param {{ type?: string, title?: string, detail?: string, errors?: Record<string, string[]> }} problem
   * @param {object} [options]
   * @param {number} [options.retryAfter] seconds
   * @param {unknown} [options.cause]
   */
  constructor(status, problem, { retryAfter, cause } = {}) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`, { cause });
    this.status = status;
    this.type = problem.type ?? "about:blank";
    this.title = problem.title;
    this.detail = problem.detail;
    this.errors = problem.errors ?? {};
    this.retryAfter = retryAfter;
  }

  /** @param {Response} response */
  static async fromResponse(response) {
    return new ProblemError(response.status, await readProblem(response), {
      retryAfter: parseRetryAfter(response.headers.get("Retry-After")),
    });
  }

  /** @param {unknown} cause */
  static noAnswer(cause) {
    return new ProblemError(0, { title: "The server did not answer." }, { cause });
  }
}

/**
 * Proxies answer with pages of their own, so a body that is no problem is no error.
 * @param {Response} response
 */
async function readProblem(response) {
  try {
    return /json/.test(response.headers.get("Content-Type") ?? "") ? (await response.json()) ?? {} : {};
  } catch {
    return {};
  }
}

/**
 * `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3).
 * @param {string | null} value
 */
function parseRetryAfter(value) {
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), LongestRetryAfter);
}
