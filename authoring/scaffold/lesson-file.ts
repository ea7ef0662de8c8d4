/** The lesson of a new topic: what every lesson has, to be filled by its author. */
import { placeholder } from '../placeholder.ts';
import type { ExerciseName } from './exercise-name.ts';

export const SUMMARY = placeholder('Say what the learner can do afterwards, in one sentence.');

/** Path -> text. */
export const lessonFiles = (name: ExerciseName): Record<string, string> => ({
  [`lessons/${name.slug}.md`]: lesson(name),
});

const lesson = ({ slug, number, title, control, file, insecure, attack, use }: ExerciseName) => `---
title: ${title}
summary: '${SUMMARY}'
quiz:
  - id: first-question
    kind: choose
    question: '${placeholder('Ask for a decision that the lesson explains.')}'
    choices:
      - text: '${placeholder('Write the wrong choice that is tempting.')}'
        right: false
        why: '${placeholder('Say why it is tempting, and wrong.')}'
      - text: '${placeholder('Write the right choice; not always in this place.')}'
        right: true
        why: '${placeholder('Say why it is right.')}'
  - id: second-question
    kind: order
    question: '${placeholder('Ask what comes after what.')}'
    steps:
      - text: '${placeholder('Write the first step.')}'
        why: '${placeholder('Say why it is the first.')}'
      - text: '${placeholder('Write the second step.')}'
        why: '${placeholder('Say why it is the second.')}'
      - text: '${placeholder('Write the last step.')}'
        why: '${placeholder('Say why it is the last.')}'
---

## What goes wrong

[Fire \`${attack}\`](#/attack/${attack}). ${placeholder('Say what the tape of the baseline shows.')}

\`\`\`ts file=exercises/weather-server/unguarded.ts symbol=${insecure}

\`\`\`

## The decision

${placeholder('Explain the decision; give the section a name, and lessonAnchor its anchor.')}

[Try \`${use}\`](#/use/${use}): ${placeholder('Say what must go on working.')}

## What to try

- ${placeholder('Name the first step to take, and the payload to edit.')}
- \`npm run grade -- ${number}\`.

## What can still go wrong

- ${placeholder('Say what the reference does not protect from.')}

## What changed since the course module

${placeholder('Say what is different today, or that the module does not speak of it.')}

## Sources

- ${placeholder('Cite what the lesson rests on.')}

## The reference

\`\`\`ts file=solutions/${slug}/${file} symbol=${control}

\`\`\`
`;
