/** What a learner has written down for the study, and whether a token can be made of it. */
import {
  MOST_CHANGED_BYTES,
  type StudyTool,
  type StudyUser,
  type TokenChanges,
} from '../../../studies/tokens/shared.ts';

/** Header and claims are JSON text: members to set, and `null` to remove one. */
export interface Recipe extends Pick<TokenChanges, 'signing'> {
  header: string;
  claims: string;
}

export interface StudyChoice {
  user: StudyUser;
  recipe: Recipe;
  tool: StudyTool;
}

export const recipeOf = ({ header = {}, claims = {}, signing }: Changes): Recipe => ({
  header: JSON.stringify(header, null, 2),
  claims: JSON.stringify(claims, null, 2),
  signing,
});

export type Changes = Partial<TokenChanges> & Pick<TokenChanges, 'signing'>;

/** The real token, untouched. */
export const untouched = recipeOf({ signing: 'kept' });

export type ReadRecipe = { changes: TokenChanges } | { problems: Problems };
/** In sentences, by the field that has them. */
export interface Problems {
  header?: string;
  claims?: string;
}

export function readRecipe({ header, claims, signing }: Recipe): ReadRecipe {
  const read = { header: readMembers(header), claims: readMembers(claims) };
  if (typeof read.header === 'string' || typeof read.claims === 'string') {
    return {
      problems: {
        ...(typeof read.header === 'string' && { header: read.header }),
        ...(typeof read.claims === 'string' && { claims: read.claims }),
      },
    };
  }
  const bytes = new TextEncoder().encode(JSON.stringify([read.header, read.claims])).length;
  return bytes > MOST_CHANGED_BYTES
    ? { problems: { claims: 'Changes to header and claims have at most 8 KiB together.' } }
    : { changes: { header: read.header, claims: read.claims, signing } };
}

/** An object, or why the text is none. */
function readMembers(text: string): Record<string, unknown> | string {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `This is not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : 'Changes are a JSON object, such as {"sub": "admin"}.';
}
