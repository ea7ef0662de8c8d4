import { checkTopic } from './check-topic.ts';

await checkTopic('04-token-grants');
