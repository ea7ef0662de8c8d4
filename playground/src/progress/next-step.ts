import type { Progress, TopicSummary } from '../../lab-api.ts';
import { attackHref, checksHref, hrefOf, topicHref } from '../place.ts';
import { tallyOf } from './topic-tally.ts';

export interface NextStep {
  /** Words of a link. */
  text: string;
  href: string;
}

/** What to do next in the first topic that is not solved yet; then the quizzes that are open. */
export function nextStep(topics: TopicSummary[], progress: Progress): NextStep {
  const topic = topics.find((one) => !tallyOf(one, progress[one.slug]).passed);
  if (!topic) {
    const open = topics.find((one) => !tallyOf(one, progress[one.slug]).lessonDone);
    return open ? quizOf(open) : { text: 'Check your whole server', href: hrefOf('whole-server') };
  }
  const { slug, number, title } = topic;
  const name = `${number} ${title}`;
  const { opened, lessonDone, tried, checks, broken } = tallyOf(topic, progress[slug]);
  if (broken) return { text: `See why ${name} does not load`, href: checksHref(slug) };
  if (!opened) return { text: `Read ${name}`, href: topicHref(slug) };
  if (checks) {
    const open = checks.all - checks.passed;
    const what = open === 1 ? 'the check' : `the ${open} checks`;
    return { text: `See why ${what} of ${name} did not pass`, href: checksHref(slug) };
  }
  const [attack] = topic.attacks;
  if (!tried && !lessonDone) return quizOf(topic);
  if (!tried && attack) return { text: `Fire an attack of ${name}`, href: attackHref(attack.id) };
  return { text: `Run the checks of ${name}`, href: checksHref(slug) };
}

const quizOf = ({ slug, number, title }: TopicSummary): NextStep => ({
  text: `Answer the quiz of ${number} ${title}`,
  href: topicHref(slug, 'quiz'),
});
