import { checkTopic } from './check-topic.ts';

await checkTopic('11-transport');
