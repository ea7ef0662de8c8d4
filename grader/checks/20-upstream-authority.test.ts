import { checkTopic } from './check-topic.ts';

checkTopic('20-upstream-authority');
