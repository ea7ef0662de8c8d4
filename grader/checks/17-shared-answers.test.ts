import { checkTopic } from './check-topic.ts';

checkTopic('17-shared-answers');
