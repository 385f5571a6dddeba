import type { SERVICE_ACTS } from '../../../src/access/acts/service-acts.ts';
import { checkService } from '../../../src/directory/service/check-service.ts';
import type { Performers } from './performer.ts';

export const SERVICE_PERFORMERS: Performers<keyof typeof SERVICE_ACTS> = {
  'service.check': (services, asked, call) => checkService(services, asked, call),
};
