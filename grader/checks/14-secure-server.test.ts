import { checkTopic } from './check-topic.ts';

await checkTopic('14-secure-server');
