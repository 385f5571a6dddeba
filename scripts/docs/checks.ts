import { checkAlarms } from './check-alarms.ts';
import { checkAttributes } from './check-attributes.ts';
import { checkCitations } from './check-citations.ts';
import { checkCompatibility } from './check-compatibility.ts';
import { checkDecisions } from './check-decisions.ts';
import { checkEmulator } from './check-emulator.ts';
import { checkErrors, checkLeniencies } from './check-errors.ts';
import { checkLimits } from './check-limits.ts';
import { checkIndex, checkLinks } from './check-links.ts';
import { checkLogFields } from './check-log-fields.ts';
import { checkMetrics } from './check-metrics.ts';
import { checkSavedQueries } from './check-saved-queries.ts';
import { checkSecurity } from './check-security.ts';
import { checkSettings } from './check-settings.ts';

/** Everything the docs are held against. */
export const CHECKS = [
  checkErrors,
  checkAttributes,
  checkLeniencies,
  checkLogFields,
  checkMetrics,
  checkAlarms,
  checkSavedQueries,
  checkSettings,
  checkLimits,
  checkLinks,
  checkIndex,
  checkDecisions,
  checkCitations,
  checkCompatibility,
  checkSecurity,
  checkEmulator,
];
