import { checkTopic } from './check-topic.ts';

await checkTopic('10-rate-limits');
