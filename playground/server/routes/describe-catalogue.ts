/** What the page is told about topics, attacks and ordinary use. */
import { curriculum, filesOf, partOf } from '../../../catalogue/curriculum.ts';
import { coveredBy, filesCovered } from '../../../grader/fast-track.ts';
import { readHead } from '../../../grader/quiz/read-quiz.ts';
import { projectFolder } from '../../../shared/project-path.ts';
import type { Catalogue } from '../../lab-api.ts';
import type { LabServices } from '../lab-services.ts';
import { givenFiles } from './given-routes.ts';

export function describeCatalogue({ byTopic }: LabServices['catalogue']): Catalogue {
  return {
    folder: projectFolder,
    given: givenFiles(),
    topics: curriculum.map((topic) => {
      const { attacks = [], uses = [] } = byTopic.get(topic.slug) ?? {};
      const { quiz, fastTrack } = readHead(topic.slug);
      return {
        slug: topic.slug,
        number: topic.slug.slice(0, 2),
        part: partOf(topic.slug).number,
        title: topic.title,
        summary: topic.summary,
        stubs: filesOf(topic).map((file) => `exercises/${topic.slug}/${file}`),
        questions: quiz.map(({ id }) => id),
        fastTrack: [...coveredBy(fastTrack, { attacks, uses })],
        fastTrackFiles: filesCovered(topic, { attacks, uses }),
        attacks: attacks.map((attack) => ({
          id: attack.id,
          title: attack.title,
          level: attack.level,
          story: attack.story,
          secureAnswer: attack.secureAnswer,
          lessonAnchor: attack.lessonAnchor,
          references: attack.references,
          variants: Object.fromEntries(
            Object.entries(attack.variants).map(([name, payload]) => [
              name,
              JSON.stringify(payload, null, 2),
            ]),
          ),
        })),
        uses: uses.map(({ level = 'core', ...use }) => ({
          id: use.id,
          title: use.title,
          level,
          why: use.why,
          worksOnBaseline: use.worksOnBaseline,
          lessonAnchor: use.lessonAnchor,
          references: use.references,
        })),
      };
    }),
  };
}
