import { checkTopic } from './check-topic.ts';

checkTopic('03-pkce');
