/** A question that operators ask of the log, as a query of CloudWatch Logs Insights (docs/reference/saved-queries.md). */
export type SavedQuery = {
  readonly name: string;
  /** The question, in words. */
  readonly asks: string;
  /** What has to be put in its place first: the flag of `scim logs`, and the word that stands for it in the query. */
  readonly parameter?: { readonly flag: 'user' | 'group'; readonly placeholder: string };
  readonly query: string;
};

/** Requests, and the operations of bulk requests. */
const WRITES_AND_READS = 'event in ["request", "bulkOperation"]';

/**
 * What operators ask, most wanted first. A column that a line does not have stays empty; what is compared with it is not so,
 * which is why nothing here is compared by `!=`.
 */
export const SAVED_QUERIES: readonly SavedQuery[] = [
  {
    name: 'user',
    asks: 'What happened to this user?',
    parameter: { flag: 'user', placeholder: 'USER' },
    query: `fields time, event, operation, act, dryRun, status, refusal, outcome, effect, state, policy, changed.0, changed.1, changed.2, subject, previousSubject, resourceId, application, by, requestId
| filter event in ["request", "bulkOperation", "admin"]
| filter tolower(subject) = tolower("USER") or tolower(previousSubject) = tolower("USER") or resourceId = tolower("USER")
| sort time asc
| limit 1000`,
  },
  {
    name: 'failures',
    asks: 'What fails, and for which reason?',
    query: `filter ${WRITES_AND_READS} and status >= 400
| stats count(*) as failures, count_distinct(subject) as people, earliest(time) as first, latest(time) as last, latest(requestId) as example by status, refusal, reason, operation, resourceType
| sort failures desc`,
  },
  {
    name: 'applications',
    asks: 'What does each application do?',
    query: `filter ${WRITES_AND_READS}
| stats count(*) as operations, count(refusal) as refused, pct(durationMs, 50) as medianMs, latest(time) as last by application, operation, resourceType
| sort application asc, operations desc`,
  },
  {
    name: 'slow',
    asks: 'Which requests took longest?',
    query: `fields time, durationMs, method, route, status, storeCalls, storeRetries, readUnits, writeUnits, coldStart, application, requestId
| filter event = "request" and (not ispresent(route) or route not in ["/events"])
| sort durationMs desc
| limit 100`,
  },
  {
    name: 'group-members',
    asks: 'How did the members of this group change?',
    parameter: { flag: 'group', placeholder: 'GROUP' },
    query: `fields time, operation, membersAdded, membersRemoved, status, refusal, subject, resourceId, application, requestId
| filter ${WRITES_AND_READS} and resourceType = "Group"
| filter ispresent(membersAdded) or ispresent(membersRemoved) or operation = "remove" or (operation = "update" and status >= 400)
| filter tolower(subject) = tolower("GROUP") or resourceId = tolower("GROUP")
| sort time asc
| limit 1000`,
  },
  {
    name: 'addresses',
    asks: 'From which addresses were requests refused?',
    query: `filter event = "request" and (refusal = "addressNotAllowed" or reason = "addressNotAllowed")
| stats count(*) as refused, earliest(time) as first, latest(time) as last by sourceIp, application
| sort refused desc`,
  },
  {
    name: 'conflicts',
    asks: "Where do requests get into each other's way?",
    query: `filter ${WRITES_AND_READS} and (refusal in ["uniqueness", "conflict", "preconditionFailed", "unavailable"] or storeRetries > 0)
| stats count(*) as operations, sum(storeRetries) as retries, max(durationMs) as slowestMs, latest(time) as last, latest(requestId) as example by refusal, operation, resourceType
| sort operations desc`,
  },
  {
    name: 'cycle',
    asks: 'When was the last cycle, and how did it go?',
    query: `filter event = "request" and ispresent(application)
| stats count(*) as requests, count(refusal) as refused, earliest(time) as first, latest(time) as last by application, bin(5m) as slot
| sort slot desc`,
  },
  {
    name: 'tokens',
    asks: 'Which tokens are in use?',
    query: `filter event = "request" and ispresent(credential)
| stats count(*) as requests, count(refusal) as refused, earliest(time) as first, latest(time) as last by application, credential
| sort last desc`,
  },
  {
    name: 'unknown-attributes',
    asks: 'Which attributes does a client send that no schema knows?',
    query: `filter ${WRITES_AND_READS} and ispresent(ignored.0)
| stats count(*) as operations, latest(time) as last, latest(requestId) as example by application, resourceType, ignored.0, ignored.1, ignored.2, ignored.3
| sort operations desc`,
  },
  {
    name: 'deactivations',
    asks: 'Who was disabled or removed?',
    query: `fields time, subject, operation, act, state, effect, policy, status, resourceType, resourceId, application, by, requestId
| filter (${WRITES_AND_READS} and status < 400 and (operation = "remove" or state = "disabled" or effect in ["removed", "kept"])) or (event = "admin" and outcome = "done" and act in ["resource.disable", "resource.remove", "resource.purge"] and not ispresent(dryRun) and not ispresent(continued))
| sort time desc
| limit 1000`,
  },
  {
    name: 'cold-starts',
    asks: 'How often does a request find no function ready, and what does it cost?',
    query: `filter event = "request"
| stats count(*) as requests, count(coldStart) as coldStarts, pct(durationMs, 50) as medianMs, max(durationMs) as slowestMs by bin(1h) as hour
| sort hour desc`,
  },
];
