import type { KeyOfAnswer, KeyOfTenant, RequireOwnSensor } from '../weather-server/controls.ts';

// Today there is one company, as on the day when this was written. Whoever names another one in the
// argument `tenant` of a tool gets it.

// TODO 17: Give each tenant a key of its own, always the same one: tomorrow, after the server was started
// anew, and in another process of it. A tenant is its issuer and its id together, as the verified token
// says: both are compared character by character, may hold any character, and may be long. A key that
// is a digest has 128 bits at least. `asked` is the caller's own word: it must never choose the tenant
// or be part of its key. A caller who names their own `tenant.id`, as it is spelled, is served; for
// another one take no notice, or throw `NotFoundError`, in words that do not tell whether there is one
// of that name.
export const keyOfTenant: KeyOfTenant = (_tenant, asked) => asked ?? 'everybody';

// Today a tool has one answer at a time, whoever asks for what.

// TODO 17: Give different questions different keys, and questions of different tenants (issuer and id)
// as well, whatever characters are in them, however long they are, and whatever a tool's arguments will
// be called. A key that is a digest has 128 bits at least. The same question of the same tenant has the
// same key, or nothing is ever kept. Whether '' and an argument that is not there, or another order of
// arguments, make another question is up to you.
export const keyOfAnswer: KeyOfAnswer = (_tenant, { tool }) => tool;

// Today the number of a sensor is all it takes.

// TODO 17: Let a sensor be read and be retired by the people of its tenant, whoever of them added it, and
// by nobody else, whatever scopes they have and whatever they were allowed in another tenant. Keys of
// tenants are compared character by character. Throw `NotFoundError` otherwise: the same one, with the same
// words, for a sensor of another tenant and for none at all.
export const requireOwnSensor: RequireOwnSensor = () => undefined;
