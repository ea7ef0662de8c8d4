import GithubSlugger from 'github-slugger';

/** The anchors of a lesson, as the page makes them. */
export function headingsOf(markdown: string): string[] {
  const slugger = new GithubSlugger();
  const withoutCode = markdown.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, '');
  return [...withoutCode.matchAll(/^#{2,6} (.+)$/gm)].map(([, title = '']) =>
    slugger.slug(title.replaceAll(/[`*]/g, '')),
  );
}
