import { sampleTexts } from './sample-texts.ts';
import { SameIvDemo } from './same-iv-demo.tsx';

/** The demonstration alone, with texts that are given: for the lesson. */
export function SameIvExample() {
  return <SameIvDemo texts={sampleTexts} />;
}
