import { isObject, type Page, parsePage } from './event.ts';

/** The directory said no, or could not answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly scimType: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(response: Response, body: unknown) {
    const { detail, scimType } = isObject(body) ? body : {};
    super(typeof detail === 'string' ? detail : `HTTP status ${response.status}`);
    this.status = response.status;
    this.scimType = typeof scimType === 'string' ? scimType : undefined;
    this.retryAfterMs = millisecondsOf(response.headers.get('retry-after'));
  }
}

export type DirectoryClient = {
  /** What comes behind the cursor; without one, a snapshot begins. Waits up to `waitSeconds` for something to come. */
  readonly events: (cursor: string | undefined, waitSeconds: number) => Promise<Page>;
  /** A user or group as it is now; undefined when it is gone. */
  readonly read: (path: string) => Promise<object | undefined>;
};

const EVENTS_OF_A_PAGE = 500;
/** How long an answer takes at most, apart from what it was asked to wait. */
const ANSWERS_WITHIN_MS = 30_000;

export function openDirectoryClient(tenantUrl: string, token: string, signal: AbortSignal): DirectoryClient {
  const get = async (path: string, waitMs = 0): Promise<unknown> => {
    const response = await fetch(`${tenantUrl}${path}`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(waitMs + ANSWERS_WITHIN_MS)]),
    });
    const text = await response.text();
    const body = isJson(response) ? JSON.parse(text) : undefined;
    if (!response.ok) throw new Refusal(response, body);
    return body;
  };
  return {
    events: async (cursor, waitSeconds) => {
      const parameters = new URLSearchParams({ count: String(EVENTS_OF_A_PAGE), wait: String(waitSeconds) });
      if (cursor !== undefined) parameters.set('cursor', cursor);
      return parsePage(await get(`/events?${parameters}`, waitSeconds * 1_000));
    },
    read: async (path) => {
      try {
        const body = await get(path);
        if (!isObject(body)) throw new TypeError(`${path} is no resource`);
        return body;
      } catch (error) {
        if (error instanceof Refusal && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}

const isJson = ({ headers }: Response): boolean => /[/+]json\b/.test(headers.get('content-type') ?? '');

/** Seconds, or a date. */
function millisecondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
