import { visibleText } from './visible-text.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * For text and quoted attributes of HTML and XML. Lines stay; what nobody would see becomes visible,
 * and with it everything that XML 1.0 has no way to write.
 */
export const escapeMarkup = (text: string): string =>
  visibleText(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
