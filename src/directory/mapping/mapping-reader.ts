import type { ApplicationRepository } from '../../access/ports.ts';
import type { AttributeMapping } from '../../scim/mapping/shape.ts';
import type { StoreCall } from '../ports.ts';
import type { FindMapping } from './profile.ts';

/** Reads the mapping of each application once for every act of administration: one that was just set counts. */
export function mappingReader(applications: Pick<ApplicationRepository, 'find'>): FindMapping {
  const readings = new WeakMap<StoreCall, Map<string, Promise<AttributeMapping | undefined>>>();

  return (key, call) => {
    const ofCall = readings.get(call) ?? new Map<string, Promise<AttributeMapping | undefined>>();
    readings.set(call, ofCall);
    const reading = ofCall.get(key) ?? applications.find(key, call).then((application) => application?.mapping);
    ofCall.set(key, reading);
    return reading;
  };
}
