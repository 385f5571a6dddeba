import type { PolicySettings } from './policy.ts';

/** What a client needs beyond the defaults, by its name. */
export const PRESETS = {
  /** The RFC as it stands: every PATCH is answered with the resource. */
  standard: {},
  /** Microsoft Entra ID reads no body after a PATCH of a group, and asks for none. */
  entra: { patchAnswer: { Group: 'noContent' } },
} as const satisfies Record<string, PolicySettings>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = ['standard', 'entra'] as const satisfies readonly PresetName[];
