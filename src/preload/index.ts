import { contextBridge, ipcRenderer } from 'electron'

/**
 * The whole of what the page can reach, and it never grows: a feature is an entry of the contract. The main process
 * checks who sends and what is sent; nothing is trusted for having come through here.
 */
contextBridge.exposeInMainWorld('galley', {
  request: (message: unknown): Promise<unknown> => ipcRenderer.invoke('galley:request', message),
  onPush(listener: (push: unknown) => void): () => void {
    const forward = (_event: unknown, push: unknown): void => listener(push)
    ipcRenderer.on('galley:push', forward)
    return () => {
      ipcRenderer.off('galley:push', forward)
    }
  }
})
