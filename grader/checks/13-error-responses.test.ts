import { checkTopic } from './check-topic.ts';

checkTopic('13-error-responses');
