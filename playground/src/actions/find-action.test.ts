import { describe, expect, it } from 'vitest';
import { findAction, type PressedKey } from './find-action.ts';
import { allActions } from './page-actions.ts';

const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  altGraph: false,
  ...more,
});
const reading = { typing: false, singleKeys: true };
const typing = { typing: true, singleKeys: true };

it('gives no two actions the same keys', () => {
  const keys = allActions.flatMap(({ keys }) => (keys ? [JSON.stringify(keys)] : []));
  expect(new Set(keys).size).toBe(keys.length);
});

describe('a combination with Ctrl or Command', () => {
  it('works wherever the focus is, and without single keys', () => {
    expect(findAction(press('k', { ctrlKey: true }), typing)).toBe('palette');
    expect(findAction(press('K', { metaKey: true }), reading)).toBe('palette');
    expect(findAction(press('Enter', { ctrlKey: true }), { typing: true, singleKeys: false })).toBe(
      'fire',
    );
  });

  it('is not meant by the key alone, nor with Alt, nor while it is held down', () => {
    expect(findAction(press('s'), reading)).toBeUndefined();
    expect(findAction(press('k', { ctrlKey: true, altKey: true }), reading)).toBeUndefined();
    expect(findAction(press('Enter', { ctrlKey: true, repeat: true }), reading)).toBeUndefined();
  });
});

describe('a single key', () => {
  it('works while one reads, and not while one types', () => {
    expect(findAction(press('?'), reading)).toBe('keys');
    expect(findAction(press(']'), reading)).toBe('next');
    expect(findAction(press(']'), typing)).toBeUndefined();
  });

  it('is left to the browser together with Ctrl or Command', () => {
    expect(findAction(press(']', { metaKey: true }), reading)).toBeUndefined();
  });

  it('is understood from keyboards that need AltGr for it', () => {
    const pressed = press('[', { ctrlKey: true, altKey: true, altGraph: true });
    expect(findAction(pressed, reading)).toBe('previous');
  });

  it('can be switched off', () => {
    expect(findAction(press('?'), { typing: false, singleKeys: false })).toBeUndefined();
  });
});
