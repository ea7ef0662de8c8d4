import { checkTopic } from './check-topic.ts';

checkTopic('06-scopes');
