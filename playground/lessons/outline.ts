/**
 * What a lesson holds: its headings, how long each section takes to read, and which of them belong
 * to the fast track. Worked out when the page is built.
 */
import GithubSlugger from 'github-slugger';
import type { Heading, Nodes, Root } from 'mdast';
import { isFolded } from './fold-sections.ts';
import { readingTime } from './reading-time.ts';
import { textOf } from './text-of.ts';

export interface Section {
  /** Of the heading; also its place in an address. */
  id: string;
  /** With `backticks` around code. */
  title: string;
  depth: number;
  /**
   * To read it up to the next heading, with one decimal, if it is a part of the short path through
   * the course. Absent otherwise: every page loads all of this.
   */
  fastTrackMinutes?: number;
}

export interface Outline {
  /** Whole minutes to read the lesson, without the sections that are folded. */
  minutes: number;
  sections: Section[];
}

/** Stands below the text, and is no part of it. */
const QUIZ: Section = { id: 'quiz', title: 'Check your understanding', depth: 2 };

/** @throws if `fastTrack` names a section that is not there */
export function outlineOf(
  lesson: Root,
  { fastTrack, quiz }: { fastTrack: readonly string[]; quiz: readonly unknown[] },
): Outline {
  const slugger = new GithubSlugger();
  const parts = splitAtHeadings(lesson.children).map(({ heading, nodes }) => ({
    heading,
    id: heading && slugger.slug(textOf(heading)),
    minutes: readingTime(heading ? [heading, ...nodes] : nodes),
  }));
  const missing = fastTrack.filter((anchor) => parts.every(({ id }) => id !== anchor));
  if (missing.length > 0) throw new Error(`fastTrack: no heading leads to ${missing.join(', ')}`);

  const sections = parts.flatMap(({ heading, id, minutes }): Section[] =>
    heading && id !== undefined
      ? [
          {
            id,
            title: titleOf(heading),
            depth: heading.depth,
            ...(fastTrack.includes(id) && { fastTrackMinutes: Math.round(minutes * 10) / 10 }),
          },
        ]
      : [],
  );
  let folded: Heading | undefined;
  const read = parts.filter(({ heading }) => {
    // What stands below a folded heading is folded with it.
    if (heading && (!folded || heading.depth <= folded.depth)) {
      folded = isFolded(textOf(heading)) ? heading : undefined;
    }
    return !folded;
  });
  const minutes = read.reduce((sum, part) => sum + part.minutes, 0);
  if (quiz.length > 0) sections.push(QUIZ);
  return { minutes: Math.max(1, Math.round(minutes)), sections };
}

interface Part {
  /** Absent for what comes before the first heading. */
  heading: Heading | undefined;
  nodes: Nodes[];
}

function splitAtHeadings(nodes: readonly Nodes[]): Part[] {
  const parts: Part[] = [{ heading: undefined, nodes: [] }];
  for (const node of nodes) {
    if (node.type === 'heading') parts.push({ heading: node, nodes: [] });
    else parts.at(-1)?.nodes.push(node);
  }
  return parts;
}

const titleOf = (node: Nodes): string => {
  if (node.type === 'inlineCode') return `\`${node.value}\``;
  return 'children' in node ? node.children.map(titleOf).join('') : textOf(node);
};
