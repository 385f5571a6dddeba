import { isObject, type Json, type JsonObject } from '../json.ts';

export const isPrimary = (value: Json): value is JsonObject => isObject(value) && value['primary'] === true;

export const demoted = (value: Json): Json => (isPrimary(value) ? { ...value, primary: false } : value);
