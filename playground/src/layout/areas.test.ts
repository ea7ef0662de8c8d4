import { expect, it } from 'vitest';
import { readPlace } from '../place.ts';
import { areaOf, areas } from './areas.ts';

it('every link of an area leads to a page of that area', () => {
  for (const area of areas) {
    expect(area.links[0]?.href).toBe(area.href);
    for (const { page, href } of area.links) {
      expect(readPlace(href.slice(1)).page).toBe(page);
      expect(areaOf(page)).toBe(area);
    }
  }
});
