import { expect, it } from 'vitest';
import {
  beginDraft,
  edit,
  hearOf,
  isEdited,
  isOutdated,
  markSaved,
  takeDisk,
} from './stub-draft.ts';

const one = { text: 'one', version: '1' };
const two = { text: 'two', version: '2' };
const edited = edit(beginDraft(one, undefined), 'mine');

it('takes a change of the file over while nothing is edited', () => {
  const draft = hearOf(beginDraft(one, undefined), two);
  expect(draft.text).toBe('two');
  expect(isEdited(draft)).toBe(false);
});

it('keeps edits when the file changes, and says so', () => {
  const draft = hearOf(edited, two);
  expect(draft.text).toBe('mine');
  expect(isOutdated(draft)).toBe(true);
  expect(draft.base.version).toBe('1');
  expect(takeDisk(draft).text).toBe('two');
  expect(isOutdated(hearOf(draft, one))).toBe(false);
});

it('follows the file again once the edits are undone, or are what the file holds', () => {
  expect(edit(hearOf(edited, two), 'one')).toMatchObject({ text: 'two', base: two });
  expect(edit(hearOf(edited, two), 'two')).toMatchObject({ text: 'two', base: two });
  expect(isEdited(hearOf(edited, { text: 'mine', version: '3' }))).toBe(false);
});

it('keeps what was typed while it was being saved', () => {
  const draft = markSaved(edit(edited, 'mine, and more'), { text: 'mine', version: '3' });
  expect(draft).toMatchObject({ text: 'mine, and more', base: { version: '3' } });
  expect(isEdited(draft)).toBe(true);
  expect(isOutdated(draft)).toBe(false);
});

it('brings edits of an earlier visit back, also over a file that has changed since', () => {
  const same = beginDraft(one, { version: '1', text: 'mine' });
  expect(same).toMatchObject({ text: 'mine', restored: true });
  expect(isOutdated(same)).toBe(false);
  expect(isOutdated(beginDraft(two, { version: '1', text: 'mine' }))).toBe(true);
  expect(beginDraft(two, { version: '1', text: 'two' }).restored).toBe(false);
});
