export function drawIcons(drawing: string, folder: string): Promise<void>
