import { bootstrap } from './steps/bootstrap.ts';
import { change } from './steps/change.ts';
import { conversations } from './steps/conversations.ts';
import { credentials, revocation } from './steps/credentials.ts';
import { deploy } from './steps/deploy.ts';
import { destroy } from './steps/destroy.ts';
import { feed } from './steps/feed.ts';
import { groups } from './steps/groups.ts';
import { logs } from './steps/logs.ts';
import { operator } from './steps/operator.ts';
import { review } from './steps/review.ts';
import { smoke } from './steps/smoke.ts';
import { walkthroughs } from './steps/walkthroughs.ts';
import type { Step } from './world.ts';

/** Each builds on those before it. */
export const STEPS: readonly Step[] = [
  bootstrap,
  deploy,
  operator,
  walkthroughs,
  credentials,
  conversations,
  logs,
  review,
  groups,
  feed,
  smoke,
  change,
  revocation,
  destroy,
];
