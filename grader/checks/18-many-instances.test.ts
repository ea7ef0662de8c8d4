import { checkTopic } from './check-topic.ts';

checkTopic('18-many-instances');
