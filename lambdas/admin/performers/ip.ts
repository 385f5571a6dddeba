import type { IP_ACTS } from '../../../src/access/acts/ip-acts.ts';
import { changeApplicationIpRanges, listIpRanges } from '../../../src/access/ip-administration.ts';
import type { Performers } from './performer.ts';

export const IP_PERFORMERS: Performers<keyof typeof IP_ACTS> = {
  'app.ip.list': ({ administration }, asked, call) => listIpRanges(administration, asked, call),
  'app.ip.add': ({ administration }, asked, call) => changeApplicationIpRanges(administration, asked, call),
  'app.ip.remove': ({ administration }, asked, call) => changeApplicationIpRanges(administration, asked, call),
  'app.ip.replace': ({ administration }, asked, call) => changeApplicationIpRanges(administration, asked, call),
};
