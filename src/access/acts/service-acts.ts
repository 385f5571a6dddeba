import { act } from './fields.ts';

export const SERVICE_ACTS = { 'service.check': act('service.check', {}) };
