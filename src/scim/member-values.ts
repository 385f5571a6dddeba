import { fold } from './fold.ts';
import { isObject, type Json } from './json.ts';

/** A member as a client names it; what type it is only the directory knows. */
export type MemberValue = { readonly value: string; readonly display?: string };

/** Reads the members in a list. Their ids are compared whatever their case, as filters on `members.value` are. */
export const memberValuesIn = (values: Json | undefined): readonly MemberValue[] =>
  (Array.isArray(values) ? values : [])
    .filter(isObject)
    .flatMap(({ value, display }) =>
      typeof value === 'string' ? [{ value: fold(value), ...(typeof display === 'string' && { display }) }] : [],
    );
