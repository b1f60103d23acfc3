import { redirect } from 'next/navigation'
import { requireAdmin } from '@/admin/require-admin'

export default async function AdminPage() {
	await requireAdmin('/admin')
	redirect('/admin/grants')
}
