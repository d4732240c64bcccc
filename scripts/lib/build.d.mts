export function ensureBuild(node: string): Promise<void>
