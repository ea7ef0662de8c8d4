import { checkTopic } from './check-topic.ts';

await checkTopic('07-credentials');
