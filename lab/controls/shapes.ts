/** What a control may be or give back, in words for people and as a check. */
import { z } from 'zod';

export interface Shape {
  expected: string;
  holds: (value: unknown) => boolean;
}

export const shape = (expected: string, schema: z.ZodType): Shape => ({
  expected,
  holds: (value) => schema.safeParse(value).success,
});

export const isFunction = z.custom((value) => typeof value === 'function');

export const middleware = shape('an Express middleware, a function', isFunction);
export const object = shape('an object', z.looseObject({}));
export const text = shape('a string', z.string());
export const url = shape('a URL', z.instanceof(URL));
export const yesOrNo = shape('true or false', z.boolean());
export const anything = shape('anything', z.unknown());
/** Of what throws or does not: a Promise would be over before it is. */
export const atOnce = shape('an answer at once, and no Promise', z.unknown());
export const zodSchema = shape(
  'a Zod schema',
  z.custom((value) => value instanceof z.ZodType),
);
export const toolResult = shape(
  'a tool result with `content`',
  z.looseObject({ content: z.array(z.unknown()) }),
);
export const registeredClient = shape(
  'a client: { client_id, redirect_uris, grant_types, response_types, … }',
  z.looseObject({ client_id: z.string(), redirect_uris: z.array(z.unknown()) }),
);

const grantMembers = z.looseObject({
  subject: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  resource: z.string(),
});
export const grant = shape('a Grant', grantMembers);
export const rotatedGrant = shape(
  '{ grant, refreshToken }',
  z.looseObject({ grant: grantMembers, refreshToken: z.string() }),
);

export const sealedCredential = shape(
  'a SealedCredential, its members strings',
  z.looseObject({
    kekVersion: z.string(),
    encryptedDek: z.string(),
    dekIv: z.string(),
    dekTag: z.string().optional(),
    encrypted: z.string(),
    iv: z.string(),
    tag: z.string().optional(),
  }),
);

export const methods = (...names: string[]): Shape =>
  shape(
    `an object with ${names.map((name) => `${name}()`).join(', ')}`,
    z.custom(
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function'),
    ),
  );

export const limitDecision = shape(
  '{ allowed: true } or { allowed: false, retryAfterMs: <milliseconds> }',
  z.union([
    z.looseObject({ allowed: z.literal(true) }),
    z.looseObject({ allowed: z.literal(false), retryAfterMs: z.number() }),
  ]),
);
