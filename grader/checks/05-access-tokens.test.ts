import { checkTopic } from './check-topic.ts';

checkTopic('05-access-tokens');
