import { checkTopic } from './check-topic.ts';

await checkTopic('09-injection');
