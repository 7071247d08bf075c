import java.io.File;
import java.util.List;
import java.util.TreeSet;
import org.semanticweb.HermiT.ReasonerFactory;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.profiles.Profiles;
import org.semanticweb.owlapi.reasoner.OWLReasoner;

/** Prints what keeps each ontology file from being OWL 2 DL, from being consistent, or a class from having members. */
class Reasoner {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            System.out.println("ontology " + file);
            OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            System.out.println("axioms " + ontology.getLogicalAxiomCount());
            List<OWLProfileViolation> violations = Profiles.OWL2_DL.checkOntology(ontology).getViolations();
            violations.forEach(violation -> System.out.println("profile " + violation.toString().replaceAll("\\s+", " ")));
            if (!violations.isEmpty()) {
                continue; // no reasoner is made for it
            }
            OWLReasoner reasoner = new ReasonerFactory().createReasoner(ontology);
            if (!reasoner.isConsistent()) {
                System.out.println("inconsistent");
                continue;
            }
            for (OWLClass unsatisfiable : new TreeSet<>(reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom())) {
                System.out.println("unsatisfiable " + unsatisfiable.getIRI());
            }
        }
    }
}
