/** The fields of a posted form; null when the body is none. */
export async function readForm(request: Request): Promise<FormData | null> {
	try {
		return await request.formData()
	} catch {
		return null
	}
}
