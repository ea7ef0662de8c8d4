import { checkTopic } from './check-topic.ts';

await checkTopic('05-access-tokens');
