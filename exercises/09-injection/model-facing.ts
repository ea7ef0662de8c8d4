import type { PresentUpstreamText, ReviewTools } from '../weather-server/controls.ts';

// Today a text from outside reaches the model as if this server had said it, of any length, with
// characters that nobody can see.

// TODO 09: Cut the text to `maxCharacters`, never through the middle of a character; take out what
// people cannot see (control, bidi, zero-width and tag characters, terminal escapes) and keep what
// they can, line breaks and tabs included; and say that nobody vouches for it.
export const presentUpstreamText: PresentUpstreamText = (text) => text;

// This one runs in an MCP client. Today it asks once for each name, and shows the first line of
// what the tool says about itself. The model reads everything, and a tool may change afterwards.

// TODO 09: Offer a tool only as the user has agreed to it, all of it. Show all that the model would
// read, so that nothing in it stays unseen, and ask again when anything has changed. The order of
// members in JSON is no change. Refuse what cannot be shown, or is too long for anybody to read,
// and no other tool with it. A pin has 128 bits of a hash at least.
export const reviewTools: ReviewTools = (listed, pins) => ({
  offered: listed.filter(({ name }) => pins.has(name)),
  questions: listed
    .filter(({ name }) => !pins.has(name))
    .map(({ name, description = '' }) => ({
      name,
      text: `${name}: ${description.split('\n')[0]}`,
      pin: name,
    })),
});
