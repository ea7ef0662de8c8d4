/** The files of a new topic that are code, to be filled by its author. */
import { placeholder } from '../placeholder.ts';
import type { ExerciseName } from './exercise-name.ts';

/** Path -> text. */
export const codeFiles = (name: ExerciseName): Record<string, string> => ({
  [`exercises/${name.slug}/${name.file}`]: stub(name),
  [`solutions/${name.slug}/${name.file}`]: reference(name),
  [`catalogue/attacks/${name.slug}/attacks.ts`]: catalogue(name),
  [`grader/checks/${name.slug}.test.ts`]: checks(name),
  [`proof/wrong-solutions/${name.slug}/name-of-the-mistake.ts`]: wrongSolution(name),
  [`proof/right-solutions/${name.slug}/name-of-the-idea.ts`]: rightSolution(name),
});

const stub = ({
  number,
  control,
  controlType,
}: ExerciseName): string => `import type { ${controlType} } from '../weather-server/controls.ts';

// ${placeholder('Say in a sentence or two what goes wrong today.')}

// TODO ${number}: ${placeholder('Say the rule to enforce; never the answer.')}
export const ${control}: ${controlType} = (input) => input;
`;

const reference = ({
  control,
  controlType,
}: ExerciseName): string => `import type { ${controlType} } from '../../exercises/weather-server/controls.ts';

/** ${placeholder('Say what it decides, what it does not check, and the tempting wrong choice.')} */
export const ${control}: ${controlType} = (input) => input;
`;

const checks = ({ slug }: ExerciseName): string => `import { checkTopic } from './check-topic.ts';

checkTopic('${slug}');
`;

const catalogue = ({ attack, use }: ExerciseName): string => `/** ${placeholder(
  'Say in a sentence what these attacks go through.',
)} */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import { StepFailed } from '../../../lab/protocol.ts';
import { cwe } from '../references.ts';

const attacks: Attack[] = [
  defineAttack<{ city: string }>({
    // ${placeholder('Give it an id that says what is done. It is unique, and never renamed.')}
    id: '${attack}',
    title: '${placeholder('Name it, in a few words.')}',
    level: 'core',
    story: '${placeholder('Say what the attacker does and hopes for.')}',
    secureAnswer: '${placeholder('Say what a secure server answers, and why.')}',
    lessonAnchor: 'the-decision',
    // ${placeholder('Cite where the claim can be checked.')}
    references: [cwe(693, 'Protection Mechanism Failure')],
    payload: z.strictObject({ city: z.string() }),
    // ${placeholder('Add two payloads that breach the insecure server.')}
    variants: { Paris: { city: 'Paris' } },
    async fire({ city }, lab) {
      const reply = await lab.call('get_weather', { city }, { token: await lab.mint() });
      // ${placeholder('Say what the attacker got, by what the server did.')}
      throw new StepFailed(\`This attack is not written yet (HTTP \${reply.status}).\`);
    },
  }),
];

const uses: LegitimateUse[] = [
  {
    // ${placeholder('Give it an id that says what must go on working.')}
    id: '${use}',
    title: '${placeholder('Name it, in a few words.')}',
    why: '${placeholder('Say which strict but wrong fix it catches.')}',
    lessonAnchor: 'the-decision',
    references: [cwe(693, 'Protection Mechanism Failure')],
    worksOnBaseline: true,
    async try(lab) {
      const reply = await lab.call('get_weather', { city: 'Paris' }, { token: await lab.mint() });
      // ${placeholder('Give back a sentence for whatever does not work.')}
      return [\`This ordinary use is not written yet (HTTP \${reply.status}).\`];
    },
  },
];

export const catalogue: TopicCatalogue = { attacks, uses };
`;

const wrongSolution = ({
  attack,
  control,
  controlType,
}: ExerciseName): string => `import type { ${controlType} } from '../../../exercises/weather-server/controls.ts';

// ${placeholder('Rename this file for its mistake.')}
export const mistake = '${placeholder('Say what was misunderstood, in one sentence.')}';
export const caughtBy = ['${attack}'];

export const ${control}: ${controlType} = (input) => input;
`;

const rightSolution = ({
  control,
  controlType,
}: ExerciseName): string => `import type { ${controlType} } from '../../../exercises/weather-server/controls.ts';

// ${placeholder('Rename this file for its idea.')}
export const idea = '${placeholder('Say what differs from the reference, in one sentence.')}';

export const ${control}: ${controlType} = (input) => input;
`;
