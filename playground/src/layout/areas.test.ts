import { expect, it } from 'vitest';
import { readPlace } from '../place.ts';
import { areaOf, areas, studies, studyAt } from './areas.ts';

it('every link of an area leads to a page of that area', () => {
  for (const area of areas) {
    expect(area.links[0]?.href).toBe(area.href);
    for (const { page, href } of area.links) {
      expect(readPlace(href.slice(1)).page).toBe(page);
      expect(areaOf(page)).toBe(area);
    }
  }
});

it('an address leads to the study that it is in, be it a place within another', () => {
  for (const study of studies) {
    expect(studyAt(study.href)).toBe(study);
    expect(studyAt(`${study.href}/a-place`)).toBe(study);
  }
  expect(studyAt('#/flowers')).toBeUndefined();
});
