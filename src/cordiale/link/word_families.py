"""Words of organisations' names that mean the same: across languages, abbreviated, in the plural."""

__all__ = ["DROPPED", "FAMILIES", "LEGAL_FORMS"]

# Words that tell no name from another, folded: articles, prepositions, conjunctions of the larger languages.
_DROPPED = """
a al am an and at at d da das de degli dei del dell della delle den der des di die do dos du e ed el en
et fur for from im in l la las le les los na o of on the und van von voor w y zu zum zur
"""
DROPPED = frozenset(_DROPPED.split())

# What a company is by law; ROR writes it in few of its names.
_LEGAL_FORMS = """
ab ag asa bv co company corp corporation gmbh inc incorporated kg limited llc llp ltd ltda nv oy plc
pty pvt sa sarl sas spa srl
"""
LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())

# One canonical word a line, then what else is written for it, folded; it may have several lines.
_TABLE = """
academy acad academia academie akademia akademie akademiia accademia akademi akademija
advanced adv avancees avancee avanzados avancados
agency agence agencia agenzia agentur
agricultural agr agric agricole agricola agrarian agraria agronomique
agriculture agricultura
air aire
american amer americana americaine
applied appl appliquee appliquees aplicada aplicadas angewandte
architecture archit arquitectura architektur
association assoc asociacion associacao associazione verein
astronomy astron astronomie astronomia
atomic atomique atomica
autonomous autonoma autonome autonom autonomo
biology biol biologie biologia biologique biological
biotechnology biotechnol biotech biotechnologie biotecnologia
brothers bros
bureau bur
business bus
cancer cancers
cardiology cardiologie cardiologia
catholic catolica cattolica catholique katholische katholieke katolicki
center centers centre centres centro centros centrum zentrum ctr cntr centr keskus
central centrale zentral
chemistry chem chimie quimica chimica chemie
chemical chimique
city ciudad cidade
clinic clinics clinique clinica clinico clinical klinik klinikum kliniken kliniek
college colleges coll colegio colegiado
commission comision comissao commissione kommission
committee comite
computer comput computing
council consejo conselho conseil consiglio
defense defence
department dept departement departamento dipartimento departments depts dep
development dev desarrollo desenvolvimento developpement entwicklung
division div
economics econ economie economia economiques
economic economique economico
education educ educacion educacao
electrical elect elec electr
electronic electron electronics electronique
energy energie energia
engineering eng engn engg engr engin ingenieria ingenierie ingegneria engenharia ingenieurwissenschaften
environment env environ environnement
experimental expt
faculty fac faculte facultad faculdade facolta fakultat faculties
federal fed federale federation
forest forestry
foundation found fondation fundacion fundacao fundacio fondazione stiftung
general gen generale
geology geol
geography geog
government govt gov
graduate grad
group grp grupo groupe gruppo
health hlth salud saude sante salute gesundheit
higher superieur superieure superieures superior superiore
hospital hosp hospitals hopital hopitaux ospedale ospedaliera krankenhaus spital ziekenhuis szpital sygehus
hospital hospitalier hospitalario
industry ind industries
information inf info
institute inst institut institutes instituto istituto instytut instituut enstitusu institutet instituttet
institute institutt institucion institution ustav intezet
instrument instrum
international int intl internacional internationale internazionale
laboratory lab labs laboratories laboratoire laboratoires laboratorio laboratorios laboratorium
library libr bibliotheque biblioteca bibliothek
management manag mgmt
materials mater material materiaux
mathematics math maths mathematical mathematiques matematicas matematica mathematik
mechanical mech
medical med medicale
medicine medicina medecine medizin medizinische meditsinskii
memorial mem
metropolitan metropolitana
military militar militaire
ministry min ministere ministerio ministero ministerium minist
molecular mol
mount mt
municipal municipale
museum musee museo museu museums
national nat natl nac nacional nationale nationaux nazionale nacionalnyi narodowy nationales
natural naturelle naturales naturali
neurology neurol
nuclear nucleaire nuklear
north northern
observatory observatoire observatorio osservatorio sternwarte
oceanography oceanogr
office oficina
optical opt optics
organization organisation organizacion organizacao org
pedagogical pedagogica pedagogique padagogische
pharmacy pharm
physics phys physique fisica physik
polytechnic polytech polytechnique politecnico politecnica polytechnical politechnika polytechnische
people peoples
power pow
professional prof
program programme programs
province provincial prov
public publique publica pubblica
research res recherche recherches investigacion investigaciones pesquisa pesquisas ricerca ricerche
research forschung forschungs
royal roy real
saint st ste san sankt sainte
school sch schools schule hochschule ecole ecoles escuela scuola escola skola skolen
science sci sciences ciencia ciencias scienza scienze wissenschaft wissenschaften scientific nauk nauki
section sect
service serv services servicio servicios servico
social soc sociais sociales
society societe sociedad sociedade societa gesellschaft
space spatial spatiales
standards std
state stat estatal estadual
studies stud study estudios estudos etudes studi studien
surgery surg
system syst systems systemes sistemas
technology technical tech tecnica technique techniques technische technischen tecnicas tekniska teknisk
technology technological tecnologico tecnologica tecnologicas technologique technologiques teknologi technol
technology technologies technologie tecnologia tecnologias teknoloji
telecommunications telecommun telecommunication
theoretical theor
university univ univs universite universites universidad universidade universita universitat universiteit
university universitet universitetet universitatea universitesi universitas universiti univerzita
university univerzitet univerza univerzity uniwersytet unversity univeristy universities universitaire
university universitario universitaria universitari universitair universitaet universitats universitasi
university uniwersytetu universitesinin uni
veterans vet
veterinary veterinaria veterinaire tierarztliche
women womens woman
"""

FAMILIES = {
    variant: words[0]
    for words in (line.split() for line in _TABLE.split("\n"))
    if words
    for variant in words[1:]
}
