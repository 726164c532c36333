/** Policies of promises stand beside the dialogs; what else stands there is no promise, and no part of a version. */
export const POLICY_FOLDER = 'dialogs/policies';
export const ROUTING = 'routing.yaml';
export const AGENT_WORDS = 'agent-words.yaml';
export const QUALITY = 'quality.yaml';
export const PERMISSIONS = 'permissions.yaml';
export const RETENTION = 'retention.yaml';
export const CALENDARS = 'calendars.yaml';

/** Read by `loadRouting`, `loadAgentWords`, `loadQuality`, `loadRetention`, `loadPermissions`, when the server starts. */
const NO_PROMISES: readonly string[] = [ROUTING, AGENT_WORDS, QUALITY, RETENTION, PERMISSIONS];

/** Whether a file of the folder is a promise, or the calendars that promises run by. */
export const isPromiseFile = (name: string): boolean => name.endsWith('.yaml') && !NO_PROMISES.includes(name);
