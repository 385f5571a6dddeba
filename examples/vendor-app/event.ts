/** What the feed tells; each of its fields is described in docs/reference/events.md. */
export type ChangeEvent = {
  readonly id: string;
  readonly type: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly version: number;
  readonly part: number;
  readonly time: string;
  readonly active?: boolean;
  readonly profile?: Readonly<Record<string, unknown>>;
  readonly members?: readonly string[];
};

/** How far a resource has come. */
export type Moment = Pick<ChangeEvent, 'version' | 'part'>;

/** An event that is not later than what is known of its resource is a repeat. */
export const isLater = (event: Moment, known: Moment): boolean =>
  event.version > known.version || (event.version === known.version && event.part > known.part);

export type Phase = 'snapshot' | 'changes';

/** What GET /events answers. */
export type Page = {
  readonly phase: Phase;
  readonly events: readonly ChangeEvent[];
  readonly nextCursor: string;
  readonly isUpToDate: boolean;
};

export function parsePage(value: unknown): Page {
  if (!isPage(value)) throw new TypeError('the answer is no page of events; does TENANT_URL lead to the directory?');
  return value;
}

const isPage = (value: unknown): value is Page =>
  isObject(value) &&
  (value['phase'] === 'snapshot' || value['phase'] === 'changes') &&
  Array.isArray(value['events']) &&
  value['events'].every(isChangeEvent) &&
  typeof value['nextCursor'] === 'string' &&
  typeof value['isUpToDate'] === 'boolean';

/** Fields that are not known here may come at any time: they are passed over. */
export const isChangeEvent = (value: unknown): value is ChangeEvent =>
  isObject(value) &&
  typeof value['type'] === 'string' &&
  typeof value['resourceId'] === 'string' &&
  typeof value['time'] === 'string' &&
  Number.isInteger(value['version']) &&
  Number.isInteger(value['part']);

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
