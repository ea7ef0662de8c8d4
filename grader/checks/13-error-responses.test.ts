import { checkTopic } from './check-topic.ts';

await checkTopic('13-error-responses');
